// A client of the API that costs little itself: connections stay open, nothing is done but what a request needs.

import { Agent, request } from 'node:http';
import { newId } from '#kernel/id.ts';

export type Ask = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>;

/**
 * What an API key asks the server at an address; at most `connections` at a time. Commands carry an id, as careful clients
 * send them. Anything but success is an error.
 */
export function asker(address: string, key: string, connections: number): { ask: Ask; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(address);
  const ask: Ask = (method, path, body) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${key}`,
        ...(method === 'GET' ? {} : { 'idempotency-key': newId() }),
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      };
      const sent = request({ hostname, port, method, path, agent, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const said = Buffer.concat(chunks).toString('utf8');
          if (answer.statusCode === 200) resolve(JSON.parse(said));
          else reject(new Error(`${method} ${path}: ${answer.statusCode} ${said.slice(0, 400)}`));
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  return { ask, close: () => agent.destroy() };
}
