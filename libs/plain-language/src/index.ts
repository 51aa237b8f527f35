export { languages, type Language, type Text } from './text.js';
export { sentenceOf, toldEventTypes } from './sentences.js';
export { plainHistory, type PlainHistory, type ToldEvent } from './history.js';
export { historyAsHtml, historyAsPdf } from './history-layout.js';
export { plainSubjectAccess, type PlainSubjectAccess, type ToldField } from './subject-access.js';
export { subjectAccessAsHtml, subjectAccessAsPdf } from './subject-access-layout.js';
