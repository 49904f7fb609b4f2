import { useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact/jsx-runtime';

import type { Scenario } from '../../scenario/scenario.ts';
import { LONGEST_LINK } from './link.ts';
import type { Link } from './use-link.ts';

export interface ShareProps {
  readonly scenario: Scenario;
  readonly link: Link;
}

type Outcome =
  | { readonly kind: 'copied' }
  | { readonly kind: 'too large' }
  | { readonly kind: 'by hand'; readonly url: string };

/** Copies a link that holds all of the scenario; where it is too large for one, offers its manifests as a file. */
export function Share({ scenario, link }: ShareProps): JSX.Element {
  const [outcome, setOutcome] = useState<Outcome>();
  const about = useRef(scenario);
  const copy = async (): Promise<void> => {
    about.current = scenario;
    const url = await link.of(scenario);
    if (url === undefined) return setOutcome({ kind: 'too large' });
    try {
      await navigator.clipboard.writeText(url);
      setOutcome({ kind: 'copied' });
    } catch {
      setOutcome({ kind: 'by hand', url });
    }
  };
  // What was said of another scenario is no longer true.
  const said = about.current === scenario ? outcome : undefined;
  return (
    <div class="p-share">
      <button type="button" class="p-button" onClick={() => void copy()}>
        Copy link
      </button>
      {said?.kind === 'too large' ? (
        <button type="button" class="p-button" onClick={() => download(scenario.manifests)}>
          Download the YAML
        </button>
      ) : null}
      {said?.kind === 'by hand' ? (
        <label class="p-share__link">
          Copy it yourself:{' '}
          <input
            readOnly
            value={said.url}
            onFocus={({ currentTarget }) => currentTarget.select()}
          />
        </label>
      ) : null}
      <span class="p-share__said" role="status">
        {textOf(said)}
      </span>
    </div>
  );
}

function textOf(outcome: Outcome | undefined): string {
  switch (outcome?.kind) {
    case undefined:
      return '';
    case 'copied':
      return 'Link copied.';
    case 'by hand':
      return 'The browser does not let the page copy.';
    case 'too large':
      return `Too large for a link, which may have ${LONGEST_LINK.toLocaleString('en')} characters. Share the file.`;
  }
}

function download(manifests: string): void {
  const url = URL.createObjectURL(new Blob([manifests], { type: 'application/yaml' }));
  const anchor = document.createElement('a');
  anchor.href = url;
  anchor.download = 'manifests.yaml';
  anchor.click();
  // The download has begun by then, and holds what it needs.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
