export { languages, type Language, type Text } from './text.js';
export { sentenceOf, toldEventTypes } from './sentences.js';
export { plainHistory, type PlainHistory, type ToldEvent } from './history.js';
export { historyAsHtml, historyAsPdf } from './history-layout.js';
export { plainSubjectAccess, type PlainSubjectAccess, type ToldField } from './subject-access.js';
export { processingInformation, type ProcessingFacts, type Storage } from './processing-information.js';
export { categoryOf, personalCategories, type PersonalCategory } from './personal-terms.js';
export { subjectAccessAsHtml, subjectAccessAsPdf } from './subject-access-layout.js';
