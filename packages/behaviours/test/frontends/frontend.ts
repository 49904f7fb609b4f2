import type { KeyPair } from './certificates.ts';
import type { Place } from './place.ts';
import type { Serving } from './serve.ts';

/** Where a frontend is knocked at. */
export interface Scene {
  readonly place: Place;
  readonly serving: Serving;
  /** The certificate that may be another in the end. */
  readonly certificates: Readonly<Record<string, KeyPair>>;
}

/** One promise of where, and how, a client may knock. */
export interface Frontend {
  readonly name: string;
  /** What the client is. */
  readonly client: string;
  /** Why a runtime does not keep it. */
  readonly limits?: Partial<Readonly<Record<Place['runtime'], string>>>;
  /** Rejects where it is not kept. */
  readonly check: (scene: Scene) => Promise<void>;
}
