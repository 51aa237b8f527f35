/**
 * The streaming calls under way, so that stopping the node ends them. (Signals made with AbortSignal.any would
 * stay behind in the long-lived one for every call that ever was.)
 */
export class OpenCalls {
  readonly #ends = new Set<() => void>();
  #stopping = false;

  get stopping(): boolean {
    return this.#stopping;
  }

  /** Has `end` called when the node stops. @returns what to call when the call is over before */
  add(end: () => void): () => void {
    this.#ends.add(end);
    if (this.#stopping) end();
    return () => this.#ends.delete(end);
  }

  stop(): void {
    this.#stopping = true;
    for (const end of [...this.#ends]) end();
  }
}
