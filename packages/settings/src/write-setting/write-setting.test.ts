import { describe, expect, it } from 'vitest';

import { annotationName } from '../annotation/annotation.ts';
import { SETTING_ANNOTATIONS } from '../annotation/annotations.ts';
import { readSettings } from '../read-settings/read-settings.ts';
import type { TrafficSettings } from '../traffic-settings/traffic-settings.ts';
import { writeSetting } from './write-setting.ts';

describe('a setting', () => {
  it('is written as its annotation is', () => {
    expect([
      writeSetting('firstByteTimeout', 10_000),
      writeSetting('retryBodyLimit', 65_536),
      writeSetting('hashKey', { type: 'Header', name: 'x-user' }),
      writeSetting('retryOn', [502, 503]),
      writeSetting('loadBalancing', 'Maglev'),
      writeSetting('ejectionFailures', 0),
      writeSetting('healthPath', '/healthz'),
    ]).toEqual(['10s', '64Ki', 'header:x-user', '502, 503', 'Maglev', '0', '/healthz']);
  });

  it('is read again as it was, for each annotation there is', () => {
    const examples = Object.entries(SETTING_ANNOTATIONS).map(([field, { example }]) => [
      annotationName(field),
      example,
    ]);
    const { settings = {} } = read(Object.fromEntries(examples));
    expect(Object.keys(settings)).toHaveLength(examples.length);
    expect(read(written(settings)).settings).toEqual(settings);
  });
});

function read(annotations: Readonly<Record<string, string>>): ReturnType<typeof readSettings> {
  return readSettings({ kind: 'Service', metadata: { annotations } });
}

function written(settings: TrafficSettings): Readonly<Record<string, string>> {
  const annotations: Record<string, string> = {};
  let field: keyof TrafficSettings;
  for (field in settings) {
    const value = settings[field];
    if (value !== undefined) annotations[annotationName(field)] = writeSetting(field, value);
  }
  return annotations;
}
