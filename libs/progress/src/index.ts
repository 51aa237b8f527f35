export { withClock, withProgressBar, type Progress } from './progress-bar.js';
