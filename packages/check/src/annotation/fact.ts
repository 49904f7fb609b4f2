import type { AnnotatedObject } from '@portolan/ingress';
import type { TrafficSettings } from '@portolan/settings';

import type { Severity } from '../finding/finding.ts';
import { quoted } from '../sentence/sentence.ts';

/** What goes otherwise because an annotation is not honoured. */
interface Loss {
  readonly severity: Severity;
  readonly lost: string;
  /** Something is no longer protected. */
  readonly isProtection?: true;
  readonly remedy?: string;
}

/** An object with annotations, and what the facts about them need to know of it. */
export interface Annotated {
  readonly object: AnnotatedObject;
  /** The value of another annotation of the same controller. */
  readonly sibling: (name: string) => string | undefined;
  /** Whether an Ingress asks for TLS. */
  readonly hasTLS: boolean;
  /** What `appProtocol` says of the ports that it leads to. */
  readonly appProtocols: ReadonlySet<string>;
  /** Whether an annotation of ours says something, on the object or on every Service that it leads to. */
  readonly isSaid: (setting: keyof TrafficSettings) => boolean;
}

/** What is lost of an annotation with this value; `undefined` where nothing is. */
export type Fact = (value: string, about: Annotated) => Loss | undefined;

/** By name, without the domain. A name that ends in `*` stands for all that begin so. */
export type Facts = Readonly<Record<string, Fact>>;

export interface FactOptions {
  /** Values, in lower case, that ask for what happens anyway. */
  readonly unless?: readonly string[];
  /** Another annotation of the same controller, without which this one means nothing. */
  readonly needs?: string;
  /** Settings of ours that do the same, or nearly: where all of them are said, nothing is lost. */
  readonly ours?: readonly (keyof TrafficSettings)[];
  readonly remedy?: string;
}

/** Requests are treated otherwise. In the text `{}` is the value. */
export function changes(lost: string, options: FactOptions = {}): Fact {
  return factOf({ severity: 'warning', lost }, options);
}

/** Somebody gets in, or further, who should not. */
export function protects(lost: string, options: FactOptions = {}): Fact {
  return factOf({ severity: 'warning', lost, isProtection: true }, options);
}

/** Buffers, timeouts, logs, and whatever else does not decide what becomes of a request. */
export function tunes(lost: string, options: FactOptions = {}): Fact {
  return factOf({ severity: 'notice', lost }, options);
}

/** Nothing is lost. */
export const nothing: Fact = () => undefined;

const OFF: ReadonlySet<string> = new Set(['', '0', 'false', 'none', 'off']);

function factOf(loss: Loss, { unless = [], needs, ours = [], remedy }: FactOptions): Fact {
  return (value, about) => {
    if (unless.includes(value.trim().toLowerCase())) return undefined;
    if (needs !== undefined && isOff(about.sibling(needs))) return undefined;
    if (ours.length > 0 && ours.every(about.isSaid)) return undefined;
    return {
      ...loss,
      lost: loss.lost.replaceAll('{}', () => quoted(value)),
      ...(remedy !== undefined && { remedy }),
    };
  };
}

/** Whether an annotation switches nothing on. */
function isOff(value: string | undefined): boolean {
  return value === undefined || OFF.has(value.trim().toLowerCase());
}
