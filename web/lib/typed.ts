// Numbers as people type them. What could mean two things is not taken: `1,234` is either a thousand or a bit more than one.

const PLAIN = /^-?\d+(\.\d+)?$/;

/**
 * The decimal text of what was typed: a comma may stand for the point, and where both stand, the last one is the decimal
 * mark. Nothing when it is no number, or when it can be read in two ways.
 */
export function typedDecimal(text: string): string | undefined {
  const dense = text.trim().replace(/[\s'’]/g, '');
  const mark = Math.max(dense.lastIndexOf('.'), dense.lastIndexOf(','));
  const hasBoth = dense.includes('.') && dense.includes(',');
  if (hasBoth) {
    const whole = dense.slice(0, mark).replace(/[.,]/g, '');
    return plain(`${whole}.${dense.slice(mark + 1)}`);
  }
  if (/^-?[1-9]\d{0,2},\d{3}$/.test(dense)) return undefined;
  return plain(dense.replace(',', '.'));
}

function plain(text: string): string | undefined {
  return PLAIN.test(text) ? text : undefined;
}
