import { status } from '@grpc/grpc-js';
import type { AppendRequest } from '../../../libs/embedded/src/event-node/records.js';
import { Refusal } from '../../../libs/embedded/src/event-node/refusal.js';
import type { BatchOutcome } from '../../../libs/embedded/src/event-node/wire/batch.js';
import type { ReadQuery } from '../../../libs/embedded/src/event-node/wire/read.js';

/** A call that waits for its answer. What is never answered stays open until the caller gives up or the node stops. */
interface Turn {
  /** Answers as a sound node does. */
  readonly soundly: () => void;
  /** Ends the call with an error. */
  readonly fail: (error: Refusal) => void;
}

export interface AppendTurn extends Turn {
  readonly request: AppendRequest;
  /** Answers OK, but says neither success nor failure. */
  readonly answerNothing: () => void;
}

/** One append of a batch stream. */
export interface BatchAppendTurn extends Turn {
  readonly request: AppendRequest;
  readonly answer: (outcome: BatchOutcome) => void;
  /** Ends the whole stream with OK. */
  readonly end: () => void;
}

export interface ReadTurn extends Turn {
  readonly query: ReadQuery;
  /** Sends what a sound node does, but only so many events; then falls silent. */
  readonly freezeAfter: (events: number) => void;
}

export interface SubscribeTurn extends Turn {
  readonly query: ReadQuery;
  /** Delivers as a sound node does, but only so many events; then ends with OK, or falls silent. */
  readonly deliver: (events: number, then: 'end' | 'freeze') => void;
}

/** How the next calls are answered, one entry a call; soundly when there is no entry. */
export interface Script {
  readonly append: ((turn: AppendTurn) => void)[];
  readonly batchAppend: ((turn: BatchAppendTurn) => void)[];
  readonly read: ((turn: ReadTurn) => void)[];
  readonly subscribe: ((turn: SubscribeTurn) => void)[];
  readonly features: ((turn: Turn) => void)[];
}

export const never = (): void => undefined;

export const failing =
  (code: status, trailers: Record<string, string> = {}) =>
  (turn: Turn): void =>
    turn.fail(new Refusal(code, 'as scripted', trailers));

export const unavailable = failing(status.UNAVAILABLE);

/** The answer of a node that does not lead, to a call that only the leader may answer. */
export const notLeader = (leaderPort: number): Refusal =>
  new Refusal(status.NOT_FOUND, 'another node leads', {
    exception: 'not-leader',
    'leader-endpoint-host': '127.0.0.1',
    'leader-endpoint-port': String(leaderPort),
  });

/** Stores the events, then the answer is lost. */
export const losesTheAnswer =
  (store: (request: AppendRequest) => void) =>
  (turn: AppendTurn): void => {
    store(turn.request);
    unavailable(turn);
  };
