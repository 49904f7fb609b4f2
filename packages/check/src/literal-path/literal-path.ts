import { findingAt } from '../finding/at.ts';
import type { Rule } from '../subject/subject.ts';

const IMPLEMENTATION_SPECIFIC = 'portolan.dev/implementation-specific';

/** Characters that a path seldom has and a regular expression often. */
const EXPRESSION = /[()[\]{}|^$\\]|\.\+/u;

/** Paths that were most likely written for a controller that reads them as regular expressions. One with * is said already. */
export const literalPaths: Rule = ({ ingresses }) =>
  ingresses.flatMap((ingress) => {
    const { metadata, spec } = ingress.resource;
    if (metadata.annotations?.[IMPLEMENTATION_SPECIFIC] === 'RegularExpression') return [];
    return (spec.rules ?? []).flatMap(({ http }, rule) =>
      (http?.paths ?? []).flatMap(({ path = '', pathType }, index) => {
        if (pathType === 'Exact' || path.includes('*') || !EXPRESSION.test(path)) return [];
        const isOpen = pathType === 'ImplementationSpecific';
        return findingAt(
          ingress,
          `spec.rules[${rule}].http.paths[${index}].path`,
          'LiteralRegularExpression',
          {
            message: `${path} looks like a regular expression and is taken for a plain prefix`,
            remedy: isOpen
              ? `set the annotation ${IMPLEMENTATION_SPECIFIC}: RegularExpression, which then fits whole paths`
              : `write pathType: ImplementationSpecific and the annotation ${IMPLEMENTATION_SPECIFIC}: RegularExpression`,
          },
        );
      }),
    );
  });
