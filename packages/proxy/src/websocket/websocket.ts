import type { RequestMessage } from '../message/message.ts';

/** Whether the request opens a WebSocket: RFC 6455 section 4.1. */
export function isWebSocketUpgrade(request: Pick<RequestMessage, 'headers' | 'method'>): boolean {
  return request.method === 'GET' && request.headers.get('upgrade')?.toLowerCase() === 'websocket';
}

/** A response of Workers that carries an open WebSocket. It can only be passed on as it is. */
export function isUpgraded(response: Response): boolean {
  return 'webSocket' in response && response.webSocket !== null && response.webSocket !== undefined;
}
