import type { JSX } from 'preact/jsx-runtime';

import type { Notice } from './state.ts';

export interface NoticeLineProps {
  readonly notice: Notice | undefined;
  readonly onUndo: () => void;
  readonly onRead: () => void;
}

/** What has just happened, with the way back. */
export function NoticeLine({ notice, onUndo, onRead }: NoticeLineProps): JSX.Element {
  return (
    <div class="p-notices" role="status">
      {notice === undefined ? null : (
        <div class={`p-notice p-notice--${notice.tone}`}>
          <p>{notice.text}</p>
          {notice.before === undefined ? null : (
            <button type="button" class="p-button" onClick={onUndo}>
              Undo
            </button>
          )}
          <button type="button" class="p-button" onClick={onRead}>
            Dismiss
          </button>
        </div>
      )}
    </div>
  );
}
