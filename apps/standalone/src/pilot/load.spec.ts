import { loadPilot, type LoadProgress } from './load.js';
import {
  PilotRefused,
  PilotUnavailable,
  type CommandEnvelope,
  type NewIds,
  type PilotSink,
} from './pilot-sink.js';
import { pilotPlan } from './plan.js';
import type { PilotPlan } from './steps.js';

const whole = pilotPlan();
const plan: PilotPlan = {
  ...whole,
  professionals: whole.professionals.slice(0, 9),
  cases: whole.cases.slice(0, 30),
};
const steps = plan.cases.flatMap((one) => one.steps);
const total = plan.locations.length + plan.organisations.length + plan.policies.length + 9 + steps.length;

type Answer = (name: string, envelope: CommandEnvelope) => Promise<NewIds>;

/** A sink that answers every method in one way; what a product does with the commands is tested against the product. */
const answering = (answer: Answer): PilotSink =>
  new Proxy({} as PilotSink, {
    get: (_target, name) => (_content: unknown, envelope: CommandEnvelope) => answer(String(name), envelope),
  });

const accepting =
  (sent: string[]): Answer =>
  (name, { commandId }) => {
    sent.push(`${name} ${commandId}`);
    return Promise.resolve({});
  };

describe('loading the pilot', () => {
  it('sends every command once, reference data before cases, and reports progress up to the last', async () => {
    const sent: string[] = [];
    const progress: LoadProgress[] = [];
    await loadPilot({ plan, sink: answering(accepting(sent)), onProgress: (each) => progress.push(each) });
    expect(sent).toHaveLength(total);
    expect(new Set(sent).size).toBe(total);
    const names = sent.map((each) => each.split(' ')[0]);
    expect(names.lastIndexOf('registerProfessional')).toBeLessThan(names.indexOf('setPolicy'));
    expect(names.lastIndexOf('setPolicy')).toBeLessThan(
      names.findIndex((name) => name?.startsWith('registerCase')),
    );
    expect(progress).toHaveLength(total);
    expect(progress.at(-1)).toEqual({ done: total, total });
  });

  it('sends the same commands again when it is started again', async () => {
    const [first, second]: [string[], string[]] = [[], []];
    await loadPilot({ plan, sink: answering(accepting(first)) });
    await loadPilot({ plan, sink: answering(accepting(second)) });
    expect(second.toSorted()).toEqual(first.toSorted());
  });

  it('takes the steps of a case one after the other, and hands on the ids that earlier answers made', async () => {
    const underWay = new Set<string>();
    const caseOf = new Map(plan.cases.flatMap((one) => one.steps.map((step) => [step.commandId, one.key])));
    const sink = answering(async (_name, envelope): Promise<NewIds> => {
      const one = caseOf.get(envelope.commandId);
      if (one === undefined) return {};
      expect(underWay.has(one)).toBe(false);
      underWay.add(one);
      await Promise.resolve();
      underWay.delete(one);
      const { ids } = envelope as CommandEnvelope & { ids: ReadonlyMap<string, string> };
      const before = ids.get('steps') ?? '';
      const position = before.length;
      expect(plan.cases.find(({ key }) => key === one)?.steps[position]?.commandId).toBe(envelope.commandId);
      return { steps: `${before}x` };
    });
    await loadPilot({ plan, sink });
  });

  it('has never more commands under way than it may', async () => {
    let underWay = 0;
    let most = 0;
    const sink = answering(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return {};
    });
    await loadPilot({ plan, sink, concurrency: 3 });
    expect(most).toBe(3);
  });

  it('sends a command again, under the same id, while the product is unavailable', async () => {
    const sent: string[] = [];
    let failures = 2;
    const sink = answering((name, envelope) => {
      sent.push(envelope.commandId);
      if (name === 'setPolicy' && failures-- > 0) return Promise.reject(new PilotUnavailable('store away'));
      return Promise.resolve({});
    });
    await loadPilot({ plan, sink });
    expect(sent).toHaveLength(total + 2);
    expect(new Set(sent).size).toBe(total);
  });

  it('gives up when the product stays unavailable for longer than it may', async () => {
    const sink = answering(() => Promise.reject(new PilotUnavailable('store away')));
    await expect(loadPilot({ plan, sink, patience: 0 })).rejects.toThrow(PilotUnavailable);
  });

  it('stops at a refusal, and begins no other case', async () => {
    const sent: string[] = [];
    const sink = answering((name, { commandId }) => {
      sent.push(commandId);
      const refused = name.startsWith('registerCase');
      return refused ? Promise.reject(new PilotRefused('CASE_CLOSED')) : Promise.resolve({});
    });
    await expect(loadPilot({ plan, sink, concurrency: 2 })).rejects.toThrow(PilotRefused);
    expect(sent).toHaveLength(total - steps.length + 2);
  });

  it('stops between two commands when it is told to', async () => {
    const stop = new AbortController();
    const sent: string[] = [];
    const sink = answering((_name, { commandId }) => {
      if (sent.push(commandId) === 20) stop.abort(new Error('Ctrl-C'));
      return Promise.resolve({});
    });
    await expect(loadPilot({ plan, sink, concurrency: 1, signal: stop.signal })).rejects.toThrow('Ctrl-C');
    expect(sent).toHaveLength(20);
  });
});
