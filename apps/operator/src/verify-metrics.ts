import { Gauge, Registry } from 'prom-client';
import type { TreeVerdict } from '../../projection-worker/src/proof/verify-tree.js';
import type { Verdict } from '../../projection-worker/src/runtime/verify.js';
import { writeWhole } from './write-whole.js';

/** Writes what a check leaves, where a file for it is named; anybody may read it. */
export async function writeMetrics(file: string | undefined, registry: Registry): Promise<void> {
  if (file !== undefined) await writeWhole(file, await registry.metrics(), 0o644);
}

/** What a check of read models leaves for Prometheus (through the text file collector of its node exporter). */
export function verifyMetrics(verdicts: readonly Verdict[], at: Date): Registry {
  const registry = new Registry();
  const labelNames = ['projection'];
  const registers = [registry];
  const differences = new Gauge({
    name: 'spil_verify_differences',
    help: 'Rows and streams that the last check found not to be as their events make them',
    labelNames,
    registers,
  });
  const rows = new Gauge({
    name: 'spil_verify_rows',
    help: 'Rows that the last check compared',
    labelNames,
    registers,
  });
  const lastRun = new Gauge({
    name: 'spil_verify_last_run_timestamp_seconds',
    help: 'When the last check ended, in seconds since 1970',
    labelNames,
    registers,
  });
  for (const { projection, tables, unfoldable } of verdicts) {
    differences.set(
      { projection },
      tables.reduce((sum, table) => sum + table.differences, unfoldable.length),
    );
    rows.set(
      { projection },
      tables.reduce((sum, table) => sum + table.rows, 0),
    );
    lastRun.set({ projection }, at.getTime() / 1_000);
  }
  return registry;
}

/** What a check of the history leaves for Prometheus, in the same way. */
export function historyMetrics(
  { changed, broken, missing, leaves, checkpointHolds }: TreeVerdict,
  at: Date,
): Registry {
  const registry = new Registry();
  const gauge = (name: string, help: string, value: number): void =>
    new Gauge({ name, help, registers: [registry] }).set(value);
  gauge(
    'spil_verify_history_differences',
    'Events that the last check found changed or missing, proofs that it found broken, and one when the last checkpoint does not hold',
    changed + broken + missing + (checkpointHolds ? 0 : 1),
  );
  gauge('spil_verify_history_events', 'Events that the last check compared', leaves);
  gauge(
    'spil_verify_history_last_run_timestamp_seconds',
    'When the last check ended, in seconds since 1970',
    at.getTime() / 1_000,
  );
  return registry;
}
