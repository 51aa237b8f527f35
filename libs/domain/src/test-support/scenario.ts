import type { Decider, Decision, DecisionContext } from '../shared/decider.js';
import { isRefusal, type Refusal } from '../shared/refusal.js';

/** A command and the circumstances in which it was given. */
export interface Step<Command> {
  readonly command: Command;
  readonly context: DecisionContext;
}

/** What a test can state about one command on a history. */
export interface Outcome<Event> {
  /** The whole list of events, in order; none for a command that has nothing left to do. */
  readonly yields: (...events: readonly Event[]) => void;
  /** The whole refusal. */
  readonly isRefused: (refusal: Omit<Refusal, 'refused'>) => void;
}

/**
 * Tests of an aggregate in the form given, when, then. Every accepted command, also those that make up the history, is
 * decided a second time on its own result, which must yield nothing.
 */
export const scenarioOf = <State, Command, Event>(decider: Decider<State, Command, Event>) => {
  const fold = (state: State, events: readonly Event[]): State => events.reduce(decider.evolve, state);

  const decide = (state: State, { command, context }: Step<Command>): Decision<Event> => {
    const decision = decider.decide(command, state, context);
    if (!isRefusal(decision)) {
      expect(decider.decide(command, fold(state, decision), context)).toEqual([]);
    }
    return decision;
  };

  const after = (...steps: readonly Step<Command>[]): State =>
    steps.reduce((state, step) => {
      const decision = decide(state, step);
      if (isRefusal(decision)) {
        throw new Error(`the history is refused at ${JSON.stringify(step.command)}: ${decision.code}`);
      }
      return fold(state, decision);
    }, decider.initialState);

  const given = (...steps: readonly Step<Command>[]) => ({
    when: (step: Step<Command>): Outcome<Event> => {
      const decision = decide(after(...steps), step);
      return {
        yields: (...events) => {
          expect(decision).toEqual(events);
        },
        isRefused: (refusal) => {
          expect(decision).toEqual({ refused: true, ...refusal });
        },
      };
    },
  });

  return { given, after };
};
