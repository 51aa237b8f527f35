const codes = 'registrationcode-';

/** A stream as traces name it: without the registration code, by which whoever reads a trace could get into the case. */
export const streamInTrace = (stream: string): string =>
  stream.startsWith(codes) ? codes.slice(0, -1) : stream;
