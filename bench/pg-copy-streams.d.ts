// What of pg-copy-streams the benchmarks use; the package brings no types.

declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** Rows out of PostgreSQL: handed to `client.query`, then read. */
  export function to(text: string): Readable & Submittable;
  /** Rows into PostgreSQL: handed to `client.query`, then written. */
  export function from(text: string): Writable & Submittable;
}
