/** The cells of a table's rows, stated once: programs get all of them, people those with a title. */
import type { Column } from '../model.ts';
import type { Fields, Shape } from '../shapes.ts';

type Look = Pick<Column, 'rare' | 'expendable'>;

interface Shown extends Look {
  readonly title: string;
}

/** A cell that people see under this title. */
export function column<T>(title: string, shape: Shape<T>, look: Look = {}): Shape<T> & Shown {
  return { ...shape, ...look, title };
}

export function columnsOf({ fields }: { readonly fields: Fields }): readonly Column[] {
  return Object.entries(fields).flatMap(([key, shape]) => {
    if (!('title' in shape)) return [];
    const { title, rare, expendable, format } = shape as Shape<unknown> & Shown;
    return [
      {
        key,
        title,
        align: format === undefined ? 'left' : 'right',
        ...(format === undefined || format === 'plain' ? {} : { format }),
        ...(rare === undefined ? {} : { rare }),
        ...(expendable === undefined ? {} : { expendable }),
      },
    ];
  });
}
