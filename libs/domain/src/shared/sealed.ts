declare const sealed: unique symbol;

/**
 * Personal data or free text, sealed before it is stored. Opaque here on purpose: no decision, policy or counter
 * reads one; whatever they need stands beside it in the clear and coarse.
 */
export interface Sealed {
  readonly [sealed]: true;
}
