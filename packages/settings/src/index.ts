export { annotationName } from './annotation/annotation.ts';
export { ANNOTATION_NAMES } from './annotation/annotations.ts';
export * from './parse-settings/parse-settings.ts';
export * from './read-settings/read-settings.ts';
export * from './traffic-settings/traffic-settings.ts';
export * from './write-setting/write-setting.ts';
