import type { Finding } from '@portolan/check';
import { useEffect, useRef } from 'preact/hooks';
import type { JSX } from 'preact/jsx-runtime';

import { type CodeEditor, startEditor } from './code-mirror.ts';

export interface EditorProps {
  readonly text: string;
  /** Rises when `text` comes from elsewhere and is to be shown; a text that was typed here comes back without that. */
  readonly opened: number;
  readonly findings: readonly Finding[];
  readonly docs: string | undefined;
  /** The text, a moment after it was last changed. */
  readonly onText: (text: string) => void;
  /** Handed the editor once it is there, and `undefined` when it is gone. */
  readonly onEditor: (editor: CodeEditor | undefined) => void;
}

/** Manifests as YAML, with what was found at its line. */
export function Editor(props: EditorProps): JSX.Element {
  const { text, opened, findings, docs } = props;
  const element = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | undefined>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const shown = useRef(opened);

  useEffect(() => {
    if (element.current === null) return;
    const started = startEditor(element.current, {
      text: latest.current.text,
      label: 'Manifests, YAML. Tab leaves the editor.',
      docs,
      onText: (typed) => latest.current.onText(typed),
    });
    editor.current = started;
    latest.current.onEditor(started);
    return () => {
      latest.current.onEditor(undefined);
      editor.current = undefined;
      started.close();
    };
  }, [docs]);

  useEffect(() => {
    if (shown.current === opened) return;
    shown.current = opened;
    editor.current?.show(text);
  }, [opened, text]);

  useEffect(() => editor.current?.mark(findings), [findings]);

  return (
    <div class="p-editor">
      <div class="p-editor__code" ref={element} onFocusOut={() => editor.current?.handOn()} />
      <p class="p-hint">
        Tab leaves the editor. <kbd>Ctrl</kbd>/<kbd>⌘</kbd> <kbd>]</kbd> indents, <kbd>Ctrl</kbd>/
        <kbd>⌘</kbd> <kbd>F</kbd> searches, <kbd>F8</kbd> goes to the next finding.
      </p>
    </div>
  );
}
