import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { Finding } from '@portolan/check';

import { colours } from './colours.ts';
import { diagnosticsOf } from './diagnostics.ts';

/** How long after the last key the text is handed on, in milliseconds. */
const PAUSE = 200;

/** An editor in an element. */
export interface CodeEditor {
  /** Puts another text in place of all of it; what was there can be had back by undo. */
  readonly show: (text: string) => void;
  readonly mark: (findings: readonly Finding[]) => void;
  /** Hands on at once what was typed last: whoever asks may be about to put something else in its place. */
  readonly handOn: () => void;
  /** Goes to a place, line and column from 1, and takes the keyboard there. */
  readonly goTo: (line: number, column?: number) => void;
  readonly close: () => void;
}

export interface CodeEditorOptions {
  readonly text: string;
  /** What it is called for those who don't see it. */
  readonly label: string;
  /** Where the catalogue of codes is. */
  readonly docs: string | undefined;
  /** The text, a moment after it was last typed at. */
  readonly onText: (text: string) => void;
}

/**
 * Starts an editor. Tab isn't bound, so that the keyboard passes through it.
 *
 * It is in a shadow root: there its rules are adopted style sheets, which a `style-src 'self'` allows, and neither do the page's
 * rules reach it.
 */
export function startEditor(parent: HTMLElement, options: CodeEditorOptions): CodeEditor {
  let ours = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const handOn = (): void => {
    if (timer === undefined) return;
    forget();
    options.onText(view.state.doc.toString());
  };
  const forget = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const root = parent.shadowRoot ?? parent.attachShadow({ mode: 'open' });
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        lintGutter(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        yaml(),
        indentUnit.of('  '),
        indentOnInput(),
        bracketMatching(),
        search({ top: true }),
        highlightSelectionMatches(),
        keymap.of([...searchKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
        EditorView.contentAttributes.of({
          'aria-label': options.label,
          // It can be focused without; this says so.
          tabindex: '0',
        }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged || ours) return;
          forget();
          timer = setTimeout(handOn, PAUSE);
        }),
        colours,
      ],
    }),
  });
  return {
    handOn,
    show: (text) => {
      forget();
      ours = true;
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        selection: { anchor: 0 },
        scrollIntoView: true,
      });
      ours = false;
    },
    mark: (findings) => {
      const marks = diagnosticsOf(findings, view.state.doc, options.docs);
      view.dispatch(setDiagnostics(view.state, marks));
    },
    goTo: (line, column = 1) => {
      const place = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
      const anchor = Math.min(place.from + Math.max(column - 1, 0), place.to);
      view.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: 'center' }),
      });
      view.focus();
    },
    close: () => {
      forget();
      view.destroy();
    },
  };
}
