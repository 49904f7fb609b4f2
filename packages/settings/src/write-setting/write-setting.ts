import type { SettingAnnotations, SettingField } from '../annotation/annotation.ts';
import { SETTING_ANNOTATIONS } from '../annotation/annotations.ts';
import type { TrafficSettings } from '../traffic-settings/traffic-settings.ts';

/**
 * A setting as the value of its annotation: `10s`, `64Ki`, `header:x-user`, `502, 503`. Empty for no statuses, which no
 * annotation can say.
 */
export function writeSetting<Field extends SettingField>(
  field: Field,
  value: Required<TrafficSettings>[Field],
): string {
  const annotations: SettingAnnotations<Field> = SETTING_ANNOTATIONS;
  return annotations[field].format.write(value);
}
