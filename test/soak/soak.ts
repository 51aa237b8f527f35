/** How much of a soak is run, and how it tells how far it is. */
export interface SoakOptions {
  readonly runs: number;
  readonly seed: number;
  /** Told the number of runs done since it was last told. */
  readonly onProgress: (done: number) => void;
}

/** A long random run. @returns what it did, in lines; @throws Error with the seed to repeat it with */
export type Soak = (options: SoakOptions) => Promise<readonly string[]>;
