// How much processor time processes took, so that a figure means something on a machine that does other work besides. Read from
// Linux' /proc; elsewhere nothing is known.

import { readdirSync, readFileSync } from 'node:fs';

/** Ticks of the kernel's clock in a second, as it tells them to programs on every machine we know of (`getconf CLK_TCK`). */
const TICKS_A_SECOND = 100;

type Stat = { readonly parent: number; readonly own: number; readonly ofChildrenThatEnded: number };

/** Milliseconds of processor time a process took, its threads included; undefined where that cannot be known. */
export function processorMs(pid: number): number | undefined {
  return statOf(pid)?.own;
}

/** The same of a process, its children, and those of them that ended: of PostgreSQL, all that its server did. */
export function familyMs(parent: number): number | undefined {
  const stat = statOf(parent);
  if (!stat) return undefined;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? [])
    .filter((one) => one.parent === parent);
  return children.reduce((sum, { own }) => sum + own, stat.own + stat.ofChildrenThatEnded);
}

/** The process that one was started by. */
export function parentOf(pid: number): number | undefined {
  return statOf(pid)?.parent;
}

function statOf(pid: number): Stat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The name of the program stands in brackets and may hold anything (proc_pid_stat(5)): fields are counted from its end.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ms = (from: number) => ((Number(fields[from]) + Number(fields[from + 1])) * 1_000) / TICKS_A_SECOND;
  return { parent: Number(fields[1]), own: ms(11), ofChildrenThatEnded: ms(13) };
}
