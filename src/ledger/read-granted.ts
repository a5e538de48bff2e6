// Which credit is spoken for by refunds that were granted: for whoever counts what waits to be used.

export { findSpokenFor as readSpokenFor, spokenForNow } from './store-granted.ts';
