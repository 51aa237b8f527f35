import { setTimeout as wait } from 'node:timers/promises';
import { idOf } from './keys.js';
import {
  PilotUnavailable,
  type CaseIds,
  type NewIds,
  type PilotSink,
  type StepEnvelope,
} from './pilot-sink.js';
import type { PilotAction, PilotCase, PilotPlan, Ref } from './steps.js';

export interface LoadOptions {
  readonly plan: PilotPlan;
  readonly sink: PilotSink;
  /** How many commands may be under way at once. */
  readonly concurrency?: number;
  /** Called after every accepted command. */
  readonly onProgress?: (progress: LoadProgress) => void;
  /** Stops the load between two commands; a later load finishes it. */
  readonly signal?: AbortSignal;
  /** How long one command may find the product unavailable, in milliseconds, before the load gives up. */
  readonly patience?: number;
}

export interface LoadProgress {
  readonly done: number;
  readonly total: number;
}

const firstPause = 100;
const longestPause = 5_000;

/**
 * Sends a plan, reference data first, each case one step at a time and several cases at once. Every command has the
 * same id on every run and the answers teach the ids that later steps need, so a load that was killed is simply started
 * again: what was accepted before changes nothing.
 * @throws PilotRefused when the product refuses a command of the plan
 * @throws PilotUnavailable when it cannot answer for longer than `patience`
 * @throws the signal's reason when it stops the load
 */
export async function loadPilot(options: LoadOptions): Promise<void> {
  const { plan, sink, concurrency = 8, onProgress, signal, patience = 5 * 60_000 } = options;
  const { locations, organisations, professionals, policies, cases } = plan;
  const steps = cases.reduce((sum, one) => sum + one.steps.length, 0);
  const total = locations.length + organisations.length + professionals.length + policies.length + steps;
  let done = 0;

  const send = async <Answer>(command: () => Promise<Answer>): Promise<Answer> => {
    const answer = await untilAvailable(command, patience, signal);
    done += 1;
    onProgress?.({ done, total });
    return answer;
  };
  const entered = ({ key, at }: { key: string; at: string }) => ({
    commandId: idOf(`${key}/entered`),
    occurredAt: at,
  });

  await each(locations, concurrency, (one) => send(() => sink.registerLocation(one, entered(one))));
  await each(organisations, concurrency, (one) => send(() => sink.registerOrganisation(one, entered(one))));
  await each(professionals, concurrency, (one) => send(() => sink.registerProfessional(one, entered(one))));
  await each(policies, concurrency, (one) => send(() => sink.setPolicy(one, entered(one))));
  await each(cases, concurrency, (one) => loadCase(one, sink, send));
}

async function loadCase(
  one: PilotCase,
  sink: PilotSink,
  send: (command: () => Promise<NewIds>) => Promise<NewIds>,
): Promise<void> {
  const ids = new Map<Ref, string>();
  for (const { commandId, by, at, action } of one.steps) {
    const made = await send(() =>
      take(sink, action, { commandId, by, occurredAt: at, ids: ids satisfies CaseIds }),
    );
    for (const [name, id] of Object.entries(made)) ids.set(name, id);
  }
}

function take(sink: PilotSink, action: PilotAction, envelope: StepEnvelope): Promise<NewIds> {
  // The compiler cannot see that an action's content is the one that the method of the same name takes.
  const method = sink[action.do] as (content: PilotAction['with'], envelope: StepEnvelope) => Promise<NewIds>;
  return method.call(sink, action.with, envelope);
}

/** Repeats a command while the product is unavailable, with growing pauses. */
async function untilAvailable<Answer>(
  command: () => Promise<Answer>,
  patience: number,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  let waited = 0;
  for (let pause = firstPause; ; pause = Math.min(2 * pause, longestPause)) {
    signal?.throwIfAborted();
    try {
      return await command();
    } catch (error) {
      if (!(error instanceof PilotUnavailable) || waited >= patience) throw error;
    }
    await wait(pause, undefined, signal === undefined ? {} : { signal });
    waited += pause;
  }
}

/**
 * Does the work for every item in order, at most `concurrency` at a time. After a failure no new item is begun, and it
 * is thrown once the work under way has ended.
 */
async function each<Item>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const rest = items.values();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    for (const item of rest) {
      await work(item).catch((error: unknown) => failures.push(error));
      if (failures.length > 0) return;
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
}
