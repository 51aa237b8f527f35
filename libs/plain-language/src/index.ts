export { languages, type Language, type Text } from './text.js';
export { sentenceOf, toldEventTypes } from './sentences.js';
export { plainHistory, type PlainHistory, type ToldEvent } from './history.js';
export { asHtml } from './html.js';
export { asPdf } from './pdf.js';
