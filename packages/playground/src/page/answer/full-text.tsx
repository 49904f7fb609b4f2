import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** The whole answer as `portolan explain` prints it, to read or to copy. */
export function FullText({ text }: { readonly text: string }): JSX.Element {
  const pre = useRef<HTMLPreElement>(null);
  const [said, setSaid] = useState('');
  useEffect(() => {
    setSaid('');
  }, [text]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      // Not every page may write to the clipboard: then the keyboard's own copying has to do.
      if (pre.current) getSelection()?.selectAllChildren(pre.current);
      setSaid('Selected: copy it with the keyboard');
    }
  };
  return (
    <details class="pa-more">
      <summary>Full text</summary>
      <p class="pa-copy">
        <button type="button" onClick={() => void copy()}>
          Copy the full text
        </button>
        <span role="status">{said}</span>
      </p>
      <pre ref={pre} class="pa-text" tabIndex={0} aria-label="Full text" role="region">
        {text}
      </pre>
    </details>
  );
}
