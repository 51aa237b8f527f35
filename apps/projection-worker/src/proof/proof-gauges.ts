import { Gauge, type Registry } from 'prom-client';
import type { ProofStatus } from './keep-proof.js';

/** Metrics of the tree and its checkpoints; a worker that stands by tells none of them. */
export function proofGauges(registry: Registry, status: () => ProofStatus | undefined): void {
  const leading = (): ProofStatus | undefined => {
    const now = status();
    return now?.leading || now?.refusedBecause !== undefined ? now : undefined;
  };
  const gauge = (name: string, help: string, value: (now: ProofStatus) => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        const now = leading();
        if (now) this.set(value(now));
        else this.remove();
      },
    });
  };
  gauge('spil_proof_tree_size', 'Events in the tree', ({ treeSize }) => treeSize);
  gauge(
    'spil_checkpoint_size',
    'Events under the last signed checkpoint',
    ({ checkpointSize }) => checkpointSize,
  );
  gauge(
    'spil_checkpoint_signed_timestamp_seconds',
    'When the last checkpoint was signed',
    ({ signedAt }) => (signedAt?.getTime() ?? 0) / 1_000,
  );
  gauge('spil_checkpoint_refused', 'Whether signing a checkpoint is refused', ({ refusedBecause }) =>
    refusedBecause === undefined ? 0 : 1,
  );
  const perWitness = (
    name: string,
    help: string,
    value: (witness: ProofStatus['witnesses'][number]) => number,
  ): void => {
    new Gauge({
      name,
      help,
      labelNames: ['witness'],
      registers: [registry],
      collect() {
        this.reset();
        for (const witness of leading()?.witnesses ?? []) this.set({ witness: witness.name }, value(witness));
      },
    });
  };
  perWitness(
    'spil_witness_size',
    'Events under the last checkpoint that a witness cosigned',
    ({ size }) => size,
  );
  perWitness('spil_witness_refuses', 'Whether a witness saw another history than ours', ({ refuses }) =>
    refuses ? 1 : 0,
  );
}
