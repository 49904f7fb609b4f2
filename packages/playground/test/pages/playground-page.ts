import { engineInWorker, mountPlayground } from '../../src/index.ts';

const element = document.querySelector('#root');
if (element !== null) {
  await mountPlayground(element, {
    startEngine: engineInWorker(() => new Worker('/worker.js', { type: 'module' })),
    docs: 'https://docs.example/codes/',
  });
}
