// Reads GIFT from standard input, prints what gift-pegjs understood as JSON.
import { readFileSync } from "node:fs";
import { parse } from "gift-pegjs";

process.stdout.write(JSON.stringify(parse(readFileSync(0, "utf8"))));
