import type { Format } from '../format/format.ts';
import type { TrafficSettings } from '../traffic-settings/traffic-settings.ts';

/** What every annotation of ours begins with. */
export const DOMAIN = 'portolan.dev/';

export type AnnotatedKind = 'Ingress' | 'Pod' | 'Service';

/** What there is to be said of an annotation, besides its name. */
export interface Annotation<Value> {
  /** The kinds of object on which it may stand. */
  readonly kinds: readonly AnnotatedKind[];
  readonly format: Format<Value>;
  /** As it is written. */
  readonly example: string;
  /** What holds without it, where no default says so: `no limit`. */
  readonly otherwise?: string;
  /** One sentence. */
  readonly meaning: string;
}

export type SettingField = keyof TrafficSettings;

/** The annotations of some settings. */
export type SettingAnnotations<Field extends SettingField = SettingField> = {
  readonly [Each in Field]: Annotation<Required<TrafficSettings>[Each]>;
};

/** A setting that may differ from request to request. */
export const REQUEST_KINDS: readonly AnnotatedKind[] = ['Ingress', 'Service'];
/** A setting about a Service's endpoints, whoever asks for them. */
export const ENDPOINT_KINDS: readonly AnnotatedKind[] = ['Service'];

/** `portolan.dev/first-byte-timeout` for `firstByteTimeout`. */
export function annotationName(field: string): string {
  return DOMAIN + field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
