import { PROVENANCE_ANNOTATIONS, WEIGHT_ANNOTATION, type ObjectMeta } from '@portolan/core';

import {
  annotationName,
  DOMAIN,
  type SettingAnnotations,
  type SettingField,
} from '../annotation/annotation.ts';
import {
  ANNOTATED_KINDS,
  OTHER_ANNOTATIONS,
  SETTING_ANNOTATIONS,
  SETTING_FIELDS,
} from '../annotation/annotations.ts';
import type { Format } from '../format/format.ts';
import type { TrafficSettings } from '../traffic-settings/traffic-settings.ts';
import { ineffective } from './ineffective.ts';

/** What an object's annotations say. */
export interface ReadSettings {
  /** Absent where they say nothing. */
  readonly settings?: TrafficSettings;
  /** By the name of the annotation. */
  readonly faults: readonly AnnotationFault[];
}

/**
 * What is wrong with an annotation of ours.
 *
 * - `InvalidAnnotation`: its value can't be read. It is left out.
 * - `UnknownAnnotation`: there is none of this name.
 * - `MisplacedAnnotation`: it stands on other kinds of object. It is left out.
 * - `IneffectiveAnnotation`: it has no effect beside the others of the object.
 */
export interface AnnotationFault {
  /** `metadata.annotations[portolan.dev/retries]`. */
  readonly field: string;
  readonly reason:
    | 'IneffectiveAnnotation'
    | 'InvalidAnnotation'
    | 'MisplacedAnnotation'
    | 'UnknownAnnotation';
  /** For people. */
  readonly message: string;
}

const SAYS_NOTHING: ReadSettings = { faults: [] };

/** Reads the annotations `portolan.dev/…` of an object of any kind. One that is faulty keeps no other from counting. */
export function readSettings({
  kind,
  metadata: { annotations = {} },
}: {
  readonly kind: string;
  readonly metadata: Pick<ObjectMeta, 'annotations'>;
}): ReadSettings {
  const names = Object.keys(annotations)
    .filter((name) => name.startsWith(DOMAIN) && !PROVENANCE_ANNOTATIONS.has(name))
    .toSorted();
  if (names.length === 0) return SAYS_NOTHING;
  let settings: TrafficSettings = {};
  const faults: AnnotationFault[] = [];
  for (const name of names) {
    const text = annotations[name] ?? '';
    const fault = misplaced(kind, name);
    const field = SETTING_FIELDS.get(name);
    if (fault !== undefined) {
      faults.push(fault);
    } else if (field !== undefined) {
      const read = readSetting(field, text);
      if (read === undefined) faults.push(invalid(name, SETTING_ANNOTATIONS[field], text));
      else settings = { ...settings, ...read };
    } else if (
      name === WEIGHT_ANNOTATION &&
      OTHER_ANNOTATIONS.weight.format.read(text) === undefined
    ) {
      faults.push(invalid(name, OTHER_ANNOTATIONS.weight, text));
    }
  }
  const faulty = new Set(faults.map(({ field }) => field));
  for (const { field, on, message } of ineffective(settings)) {
    // What is missing may only be misspelt.
    if (faulty.has(fieldOf(annotationName(on)))) continue;
    faults.push({
      field: fieldOf(annotationName(field)),
      reason: 'IneffectiveAnnotation',
      message: `${annotationName(field)} has no effect: ${message}`,
    });
  }
  return {
    ...(Object.keys(settings).length > 0 && { settings }),
    faults,
  };
}

function readSetting<Field extends SettingField>(
  field: Field,
  text: string,
): { readonly [Each in Field]?: Required<TrafficSettings>[Each] } | undefined {
  const annotations: SettingAnnotations<Field> = SETTING_ANNOTATIONS;
  const value = annotations[field].format.read(text);
  if (value === undefined) return undefined;
  const read: { [Each in Field]?: Required<TrafficSettings>[Each] } = {};
  read[field] = value;
  return read;
}

function misplaced(kind: string, name: string): AnnotationFault | undefined {
  const field = fieldOf(name);
  const kinds: readonly string[] | undefined = ANNOTATED_KINDS.get(name);
  if (kinds === undefined) {
    const message = `there is no annotation ${name}`;
    return { field, reason: 'UnknownAnnotation', message };
  }
  if (kinds.includes(kind)) return undefined;
  const message = `${name} stands on ${kinds.map(withArticle).join(' or ')}, not on ${withArticle(kind)}`;
  return { field, reason: 'MisplacedAnnotation', message };
}

function withArticle(noun: string): string {
  return `${/^[AEIOU]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function invalid(
  name: string,
  {
    format,
    example,
  }: { readonly format: Pick<Format<never>, 'expected'>; readonly example: string },
  text: string,
): AnnotationFault {
  const given = JSON.stringify(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);
  return {
    field: fieldOf(name),
    reason: 'InvalidAnnotation',
    message: `${name} must be ${format.expected}, such as "${example}", not ${given}`,
  };
}

const MOST_SHOWN = 60;

function fieldOf(name: string): string {
  return `metadata.annotations[${name}]`;
}
