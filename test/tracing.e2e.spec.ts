import { randomBytes } from 'node:crypto';
import { startCollector, type Collector, type ReceivedSpan } from './support/collector.js';
import { startDeployment, type Deployment } from './support/service-and-worker.js';
import { eventually } from './support/eventually.js';
import { as, populate, step } from './support/system.js';

const canary = 'Kanarie van der Vogel';

describe('traces of a registered case', () => {
  let collector: Collector;
  let deployment: Deployment;
  const traceId = randomBytes(16).toString('hex');
  const callersSpan = randomBytes(8).toString('hex');
  let trace: ReceivedSpan[];
  let caseId: string;
  let registrationCode: string | null;

  const named = (name: string): ReceivedSpan | undefined => trace.find((span) => span.name === name);
  const attribute = (span: ReceivedSpan | undefined, key: string): unknown =>
    span?.attributes.find((one) => one.key === key)?.value;

  beforeAll(async () => {
    collector = await startCollector();
    deployment = await startDeployment({ SPIL_TRACES_URL: collector.url });
    await populate(deployment);
    const caller = {
      ask: (...[principal, query, variables]: Parameters<Deployment['ask']>) =>
        deployment.askWith({ traceparent: `00-${traceId}-${callersSpan}-01` }, principal, query, variables),
    };
    const opened = await step(caller, as('loket'), 'registerCase', {
      registrationKind: 'FIRST_LINE_CONVERSATION_SOUGHT',
      channel: 'PHONE',
      primaryArea: 'HUURRECHT',
      clientMunicipality: 'GM0344',
      client: { name: canary, phone: '06 00000000' },
      clientQuestion: `Mag dit, vraagt ${canary}?`,
      signaleringRelevance: 'NO',
    });
    ({ id: caseId, registrationCode } = opened);
    trace = await eventually(() => {
      const spans = collector.spans.filter((span) => span.traceId === traceId);
      expect(new Set(spans.map(({ service }) => service))).toEqual(
        new Set(['coordination-service', 'projection-worker']),
      );
      return spans;
    });
  });

  afterAll(async () => {
    await deployment.stop();
    await collector.stop();
  });

  it("goes on with the caller's trace, below the caller's span", () => {
    expect(named('GraphQL mutation')).toMatchObject({
      service: 'coordination-service',
      parentSpanId: callersSpan,
    });
    expect(attribute(named('GraphQL mutation'), 'spil.outcome')).toEqual({ stringValue: 'ok' });
  });

  it('shows the decision below the operation and the append below the decision', () => {
    const decisions = trace.filter(({ name }) => name === 'decide');
    const onCase = decisions.find(
      (span) => JSON.stringify(attribute(span, 'spil.stream')) === `{"stringValue":"case-${caseId}"}`,
    );
    expect(onCase?.parentSpanId).toBe(named('GraphQL mutation')?.spanId);
    expect(attribute(onCase, 'spil.outcome')).toEqual({ stringValue: 'accepted' });
    expect(trace.some(({ name, parentSpanId }) => name === 'append' && parentSpanId === onCase?.spanId)).toBe(
      true,
    );
  });

  it('shows in the same trace that the worker took the events in, linked to the batch that wrote them', () => {
    const projected = trace.find(
      (span) =>
        span.name === 'project' &&
        JSON.stringify(attribute(span, 'spil.event_types')).includes('CaseRegistered'),
    );
    expect(projected?.service).toBe('projection-worker');
    const [batch] = projected?.links ?? [];
    const batches = collector.spans.filter(({ name }) => name === 'write batch');
    expect(batches.map(({ spanId }) => spanId)).toContain(batch?.spanId);
  });

  it('shows why a step was refused', async () => {
    const refused = await step(deployment, as('loket'), 'closeCase', {
      caseId: '99999999-9999-4999-8999-999999999999',
      outcome: 'SOLVED',
      solution: 'ADVICE',
    });
    expect(refused.code).toBe('CASE_NOT_FOUND');
    await eventually(() =>
      expect(
        collector.spans.filter(
          (span) =>
            span.name === 'decide' &&
            JSON.stringify(attribute(span, 'spil.outcome')).includes('CASE_NOT_FOUND'),
        ),
      ).toHaveLength(1),
    );
  });

  it('carry no registration code, by which whoever reads them would get into the case', () => {
    expect(collector.text()).toContain('"registrationcode"');
    const code = registrationCode ?? 'none';
    for (const written of [code, code.replaceAll('-', '')]) expect(collector.text()).not.toContain(written);
  });

  it('carry nothing that a person wrote', () => {
    expect(collector.text()).toContain('CaseRegistered');
    expect(collector.text()).not.toContain('Kanarie');
  });
});
