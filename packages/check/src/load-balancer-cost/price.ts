/** What is counted to know how often a price is to be paid. */
export type PricedUnit = 'Port' | 'Protocol' | 'Service' | 'Worker';

/** What somebody asks for load balancers, or for a Worker, each month of 730 hours, whatever goes through them. */
export interface Price {
  /** Of the product; no two have the same. */
  readonly name: string;
  /** For the first `included` together. */
  readonly monthly: number;
  /** ISO 4217, such as `USD`. */
  readonly currency: string;
  /**
   * - `Service`, the default: each LoadBalancer Service.
   * - `Protocol`: each transport protocol of each such Service.
   * - `Port`: each port of each such Service.
   * - `Worker`: one Worker in place of all of them.
   */
  readonly per?: PricedUnit;
  /** How many `monthly` is for, 1 by default. */
  readonly included?: number;
  /** For each further one; `monthly` by default. */
  readonly additional?: number;
  /** What it is for, and what comes on top and is not summed. */
  readonly note?: string;
  /** Where it was read. */
  readonly source?: string;
  /** When it was read: `2026-11-23` or `2026-11`. */
  readonly read?: string;
}

/** What so many units cost in a month, to the hundredth. */
export function costOf(
  { monthly, included = 1, additional = monthly }: Price,
  units: number,
): number {
  const further = Math.max(0, units - included);
  return units === 0 ? 0 : rounded(monthly + further * additional);
}

/** Half a cent goes up, though a sum of binary fractions may be a hair below it. */
function rounded(amount: number): number {
  return Math.round(amount * 100 + 1e-6) / 100;
}

/**
 * The table with prices put in place of those of the same name, and the others added at its end. Names are compared without
 * regard to case.
 *
 * @throws {RangeError} where two of `own` have the same name.
 */
export function withPrices(table: readonly Price[], own: readonly Price[]): readonly Price[] {
  const ownByName = byName(own);
  const again = own.find((price) => ownByName.get(keyOf(price)) !== price);
  if (again !== undefined) throw new RangeError(`there are two prices of ${again.name}`);
  return [...new Map([...byName(table), ...ownByName]).values()];
}

function byName(prices: readonly Price[]): ReadonlyMap<string, Price> {
  return new Map(prices.map((price) => [keyOf(price), price]));
}

function keyOf({ name }: Price): string {
  return name.toLowerCase();
}
