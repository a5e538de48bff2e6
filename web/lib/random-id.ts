// Browsers have crypto.randomUUID on https and localhost only, but a server in one's own network is often reached without.

const VERSION_4 = 0x40;
const VARIANT = 0x80;

function randomUuid(): ReturnType<Crypto['randomUUID']> {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, index) => {
    const fixed = index === 6 ? (byte & 0x0f) | VERSION_4 : index === 8 ? (byte & 0x3f) | VARIANT : byte;
    return fixed.toString(16).padStart(2, '0');
  });
  const part = (from: number, to: number): string => hex.slice(from, to).join('');
  return `${part(0, 4)}-${part(4, 6)}-${part(6, 8)}-${part(8, 10)}-${part(10, 16)}`;
}

/** Fills it in where it is missing. */
export function provideRandomUuid(): void {
  crypto.randomUUID ??= randomUuid;
}
