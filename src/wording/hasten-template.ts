// Liquid goes through a template by generators, so that facts and filters may wait for something. Ours never wait, and at plain places
// (text as it stands, a fact by its name, a condition on facts) being ready to wait costs more than the work. Here such places of
// a template get a straight way. What is not plain, or fails on it, goes Liquid's own way, which also says why it fails.

import {
  type Context,
  type Expression,
  ForTag,
  IfTag,
  isTruthy,
  Output,
  type Template,
  type Token,
  TypeGuards,
  toValue,
  toValueSync,
  type Value,
} from 'liquidjs';

/** What a place is worth; undefined where Liquid is to say it. */
type Read = (ctx: Context) => unknown;

/** Makes plain places of a template quick; it can then be filled in by `renderSync` alone. What comes out is the same. */
export function hasten(templates: readonly Template[]): void {
  for (const template of templates) {
    if (TypeGuards.isHTMLToken(template.token)) {
      const text = template.token.getContent();
      template.render = (_ctx, emitter) => emitter.write(text);
    } else if (template instanceof Output) hastenOutput(template);
    else if (template instanceof IfTag) hastenIf(template);
    else if (template instanceof ForTag) hasten([...template.templates, ...template.elseTemplates]);
  }
}

function hastenOutput(output: Output): void {
  const read = readerOfValue(output.value);
  (output as Template).render = (ctx, emitter) => emitter.write(toValue(read(ctx, false)));
}

function hastenIf(tag: IfTag): void {
  const { renderer } = tag.liquid;
  const branches = tag.branches.map(({ value, templates }) => ({ read: readerOfValue(value), templates }));
  const otherwise = tag.elseTemplates ?? [];
  for (const templates of [...branches.map((branch) => branch.templates), otherwise]) hasten(templates);
  (tag as Template).render = (ctx, emitter) => {
    const taken = branches.find(({ read }) => isTruthy(toValue(read(ctx, ctx.opts.lenientIf)), ctx));
    const templates = taken?.templates ?? otherwise;
    if (templates.length > 0) toValueSync(renderer.renderTemplates(templates, ctx, emitter));
  };
}

/** Reads a value and takes it through its filters. */
function readerOfValue(value: Value): (ctx: Context, lenient: boolean) => unknown {
  const read = readerOfExpression(value.initial);
  return (ctx, lenient) => {
    let found = read?.(ctx);
    if (found === undefined) return toValueSync(value.value(ctx, lenient));
    for (const filter of value.filters) found = toValueSync(filter.render(found, ctx));
    return found;
  };
}

/** An expression as Liquid keeps it: facts, each operator after its two sides. Where one has a single side (`not`), a side is missing. */
function readerOfExpression({ postfix }: Expression): Read | undefined {
  const sides: Read[] = [];
  for (const token of postfix) {
    if (TypeGuards.isOperatorToken(token)) {
      const [right, left] = [sides.pop(), sides.pop()];
      if (!left || !right) return undefined;
      sides.push(joined(left, token.operator, right));
    } else {
      const read = readerOfFact(token);
      if (!read) return undefined;
      sides.push(read);
    }
  }
  return sides[0];
}

function joined(left: Read, operator: string, right: Read): Read {
  return (ctx) => {
    const [l, r] = [left(ctx), right(ctx)];
    if (l === undefined || r === undefined) return undefined;
    return toValueSync(ctx.opts.operators[operator]?.(l, r, ctx));
  };
}

/** A number, a text or a word of Liquid as it stands; a fact by its name (`items[0].number`). */
function readerOfFact(token: Token): Read | undefined {
  if ('content' in token) return () => token.content;
  if (!TypeGuards.isPropertyAccessToken(token) || token.variable) return undefined;
  const names = token.props.map((part) => ('content' in part ? part.content : undefined));
  if (!names.every((name) => typeof name === 'string' || typeof name === 'number')) return undefined;
  return (ctx) => {
    // biome-ignore lint/complexity/useLiteralKeys: Liquid tells nobody else, without a generator, where a name is from
    let found: unknown = ctx['findScope'](String(names[0]));
    for (const name of names)
      found = found === undefined ? undefined : ctx.readProperty(found as object, name);
    return found;
  };
}
