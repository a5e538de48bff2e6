// The texts of a form, by name.

import { useState } from 'react';

type Change = { readonly currentTarget: { readonly value: string } };

/** Keeps the texts of a form. `text('name')` is what an input needs. */
export function useFields<T extends Readonly<Record<string, string>>>(initial: T) {
  const [values, setValues] = useState(initial);
  const put = (change: Partial<T>): void => setValues((before) => ({ ...before, ...change }));
  const text = (field: keyof T & string) => ({
    name: field,
    value: values[field] ?? '',
    onChange: (event: Change) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [field]: value }));
    },
  });
  return { values, put, text, reset: () => setValues(initial) };
}

/** The text without blanks around it, or nothing when it is empty. */
export function filled(text: string): string | undefined {
  const plain = text.trim();
  return plain === '' ? undefined : plain;
}
