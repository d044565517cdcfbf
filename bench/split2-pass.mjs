// The least a program on split2 can do: count the lines of standard input.
import split2 from 'split2';

let lines = 0;
process.stdin
  .pipe(
    split2('\n', () => {
      lines++;
    }),
  )
  .on('end', () => console.log(lines))
  .resume();
