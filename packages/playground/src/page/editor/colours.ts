import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const highlight = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--p-code-key)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--p-code-string)' },
  { tag: [tags.lineComment, tags.comment], color: 'var(--p-faint)', fontStyle: 'italic' },
  { tag: [tags.keyword, tags.typeName, tags.labelName], color: 'var(--p-code-key)' },
  { tag: [tags.meta, tags.separator, tags.punctuation], color: 'var(--p-faint)' },
]);

/** Rules of the page don't reach the editor, but its variables do: so light and dark are one theme. */
const theme = EditorView.theme({
  '&': {
    height: '100%',
    color: 'var(--p-text)',
    backgroundColor: 'var(--p-raised)',
    fontSize: 'var(--p-small)',
  },
  '&.cm-focused': { outline: '2px solid var(--p-focus)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--p-mono)', lineHeight: '1.55', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--p-text)' },
  '.cm-gutters': {
    color: 'var(--p-faint)',
    backgroundColor: 'var(--p-raised)',
    borderRight: '1px solid var(--p-line)',
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--p-active)' },
  '& .cm-content ::selection, & .cm-line::selection': { backgroundColor: 'var(--p-selection)' },
  '.cm-selectionMatch, .cm-searchMatch': { backgroundColor: 'var(--p-selection)' },
  '.cm-searchMatch-selected': { outline: '2px solid var(--p-focus)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--p-selection)' },
  '.cm-panels': { color: 'var(--p-text)', backgroundColor: 'var(--p-sunken)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--p-line)' },
  '.cm-panel.cm-search': { fontSize: 'var(--p-small)' },
  '.cm-textfield, .cm-button': {
    color: 'var(--p-text)',
    backgroundColor: 'var(--p-raised)',
    backgroundImage: 'none',
    border: '1px solid var(--p-control)',
    borderRadius: '4px',
    fontSize: 'inherit',
  },
  '.cm-tooltip': {
    color: 'var(--p-text)',
    backgroundColor: 'var(--p-raised)',
    border: '1px solid var(--p-control)',
    borderRadius: '4px',
    maxWidth: '32rem',
    fontFamily: 'var(--p-font)',
  },
  '.cm-diagnostic': { whiteSpace: 'normal' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--p-error)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--p-warning)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--p-notice)' },
  '.cm-diagnostic p': { margin: '0 0 .25rem' },
  '.cm-diagnostic a': { color: 'var(--p-link)' },
  // The marks' own are pictures in data URLs with colours of their own.
  '.cm-lintRange-error, .cm-lintRange-warning, .cm-lintRange-info': {
    backgroundImage: 'none',
    paddingBottom: '0',
    textDecoration: 'underline wavy 1px',
    textUnderlineOffset: '3px',
    textDecorationSkipInk: 'none',
  },
  '.cm-lintRange-error': { textDecorationColor: 'var(--p-error)' },
  '.cm-lintRange-warning': { textDecorationColor: 'var(--p-warning)' },
  '.cm-lintRange-info': { textDecorationColor: 'var(--p-notice)' },
  '.cm-gutter-lint': { width: '1.2em' },
  '.cm-lint-marker': { width: '.8em', height: '.8em', content: '""', margin: '.35em .2em 0' },
  // Each of its own form: colour alone tells too little.
  '.cm-lint-marker-error': { backgroundColor: 'var(--p-error)', borderRadius: '50%' },
  '.cm-lint-marker-warning': {
    backgroundColor: 'var(--p-warning)',
    clipPath: 'polygon(50% 5%, 100% 95%, 0 95%)',
  },
  '.cm-lint-marker-info': { backgroundColor: 'var(--p-notice)' },
});

/** How the editor looks. */
export const colours: Extension = [theme, syntaxHighlighting(highlight)];
