import type { ExplainedSetting } from '@portolan/explain';
import type { JSX } from 'preact';

import { annotationOf, valueOf } from './setting-text.ts';

/** How the request is treated, as far as annotations say so. */
export function Settings({
  settings,
}: {
  readonly settings: readonly ExplainedSetting[];
}): JSX.Element | null {
  if (settings.length === 0) return null;
  return (
    <details class="pa-more">
      <summary>
        {settings.length} {settings.length === 1 ? 'setting' : 'settings'} by annotations
      </summary>
      <dl class="pa-pairs">
        {settings.map((setting) => (
          <div key={setting.name}>
            <dt>{annotationOf(setting)}</dt>
            <dd>
              {valueOf(setting)}
              <span class="pa-by">
                {setting.by.kind} {setting.by.namespace}/{setting.by.name}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** The header fields that the endpoint sees. */
export function Headers({
  headers,
}: {
  readonly headers: Readonly<Record<string, string>>;
}): JSX.Element {
  const fields = Object.entries(headers);
  return (
    <details class="pa-more">
      <summary>
        {fields.length} header {fields.length === 1 ? 'field' : 'fields'} that the endpoint sees
      </summary>
      <dl class="pa-pairs">
        {fields.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
