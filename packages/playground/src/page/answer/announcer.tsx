import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export interface AnnouncerProps {
  readonly text: string;
  /** How long the text has to stay the same before it is read out, in milliseconds. */
  readonly after?: number;
}

/** How long a text stays for whoever reads on: then it would only be there twice. In milliseconds. */
const STAYS = 5000;

/** Has a text read out by screen readers, once it has settled. It isn't seen. */
export function Announcer({ text, after = 700 }: AnnouncerProps): JSX.Element {
  const [said, setSaid] = useState('');
  useEffect(() => {
    const saying = setTimeout(() => {
      setSaid(text);
    }, after);
    const ending = setTimeout(() => {
      setSaid('');
    }, after + STAYS);
    return () => {
      clearTimeout(saying);
      clearTimeout(ending);
    };
  }, [text, after]);
  return (
    <p class="pc-unseen" role="status" aria-live="polite">
      {said}
    </p>
  );
}
