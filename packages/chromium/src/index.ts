export * from './axe-violations.ts';
export * from './launch-chromium.ts';
