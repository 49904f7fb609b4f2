export * from './external-name/external-name.ts';
