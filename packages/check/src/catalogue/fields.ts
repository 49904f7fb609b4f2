import type { CatalogueEntry } from './entry.ts';

const REFUSED = 'The API server refuses the object, and so it is left out here.';

export const FIELDS: Readonly<Record<string, CatalogueEntry>> = {
  UnknownField: {
    severity: 'error',
    title: 'A field does not exist',
    explanation: `The kind has no field of this name; most likely it is misspelt, or stands one level too high or too low. ${REFUSED}`,
  },
  DuplicateField: {
    severity: 'error',
    title: 'A field is given twice',
    explanation: `Only one of the two values could count, and readers differ on which. ${REFUSED} Remove one of them.`,
  },
  YAML11Boolean: {
    severity: 'warning',
    title: 'A plain word is a boolean to kubectl',
    explanation:
      'Plain yes, no, on, off, y and n are text in YAML 1.2 and booleans in YAML 1.1, which kubectl reads. Put the word in quotes where text is meant, and write true or false where a boolean is.',
  },
  FieldValueDuplicate: {
    severity: 'error',
    title: 'A value is there twice where each may be there once',
    explanation: `Names of ports and entries of lists such as these have to differ from one another. ${REFUSED}`,
  },
  FieldValueForbidden: {
    severity: 'error',
    title: 'A field may not be set here',
    explanation: `It has no meaning together with the other fields of the object. ${REFUSED} Remove it, or change the field that rules it out.`,
  },
  FieldValueInvalid: {
    severity: 'error',
    title: 'A value is not allowed',
    explanation: `The message says what the field takes. ${REFUSED} As a warning, a cluster refuses the value and Portolan takes it: the addresses of this machine, where a process on it may be meant.`,
  },
  FieldValueNotSupported: {
    severity: 'error',
    title: 'A value is none of those that the field takes',
    explanation: `The field takes a few words only, and the message lists them. ${REFUSED}`,
  },
  FieldValueRequired: {
    severity: 'error',
    title: 'A field is missing',
    explanation: `The object can not do without it. ${REFUSED}`,
  },
  FieldValueTooLong: {
    severity: 'error',
    title: 'A value is too long',
    explanation: `The field has a limit, which the message names. ${REFUSED}`,
  },
  FieldValueTooMany: {
    severity: 'error',
    title: 'A list has too many entries',
    explanation: `The list has a limit, which the message names. ${REFUSED}`,
  },
  FieldValueTypeInvalid: {
    severity: 'error',
    title: 'A value is of the wrong type',
    explanation: `A number stands where text is due, or a map where a list is. ${REFUSED} Text that looks like a number or a boolean needs quotes.`,
  },
  InternalError: {
    severity: 'error',
    title: 'Something that the API server would report as its own error',
    explanation: `It is said of values that can not be given, such as a port out of a full range. ${REFUSED}`,
  },
};
