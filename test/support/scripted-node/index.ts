export type { ScriptedLog } from './log.js';
export { startNaiveProcess, type NaiveProcess } from './naive-process.js';
export { startScriptedNode, type ScriptedNode } from './node.js';
export {
  failing,
  losesTheAnswer,
  never,
  notLeader,
  unavailable,
  type AppendTurn,
  type BatchAppendTurn,
  type SubscribeTurn,
} from './turns.js';
export { useScriptedNode, within, type ScriptedNodes } from './use.js';
