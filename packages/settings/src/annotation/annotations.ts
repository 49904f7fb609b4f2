import { parseWeight } from '@portolan/core';

import { oneOf } from '../format/one-of.ts';
import {
  annotationName,
  type AnnotatedKind,
  type Annotation,
  type SettingAnnotations,
  type SettingField,
} from './annotation.ts';
import { CHOOSING } from './choosing.ts';
import { ENDPOINTS } from './endpoints.ts';
import { TRYING } from './trying.ts';

/** The annotation of every setting, in the order of the documentation. */
export const SETTING_ANNOTATIONS: SettingAnnotations = { ...CHOOSING, ...TRYING, ...ENDPOINTS };

/** Read where endpoints are found. */
const weight: Annotation<number> = {
  kinds: ['Pod'],
  format: { expected: 'a whole number from 0 to 1000', read: parseWeight, write: String },
  example: '3',
  otherwise: '1',
  meaning: 'How large a share of the requests this Pod gets, next to the others of its Service.',
};

/** Read, and judged, where Ingresses are. */
const implementationSpecific: Annotation<string> = {
  kinds: ['Ingress'],
  format: oneOf<string>(['Prefix', 'RegularExpression']),
  example: 'RegularExpression',
  otherwise: 'Prefix',
  meaning: 'What a path of type ImplementationSpecific is.',
};

/** Those that make no setting. */
export const OTHER_ANNOTATIONS: {
  readonly weight: Annotation<number>;
  readonly implementationSpecific: Annotation<string>;
} = { weight, implementationSpecific };

const ALL = { ...SETTING_ANNOTATIONS, ...OTHER_ANNOTATIONS };

export const ANNOTATION_NAMES: readonly string[] = Object.keys(ALL).map(annotationName);

/** The kinds of object on which each annotation of ours may stand, by its name. */
export const ANNOTATED_KINDS: ReadonlyMap<string, readonly AnnotatedKind[]> = new Map(
  Object.entries(ALL).map(([field, { kinds }]) => [annotationName(field), kinds]),
);

/** By the name of the annotation. */
export const SETTING_FIELDS: ReadonlyMap<string, SettingField> = new Map(
  fieldsOf(SETTING_ANNOTATIONS).map((field) => [annotationName(field), field]),
);

function fieldsOf(annotations: SettingAnnotations): readonly SettingField[] {
  const fields: SettingField[] = [];
  let field: SettingField;
  for (field in annotations) fields.push(field);
  return fields;
}
