// What must hold of report.html in a browser. Each check throws where it does not; prove.mjs breaks the page to see that each can.
import { CHECKS as read } from "./checks/read.mjs";
import { CHECKS as overview } from "./checks/overview.mjs";
import { CHECKS as search } from "./checks/search.mjs";
import { CHECKS as todo } from "./checks/todo.mjs";
import { CHECKS as safe } from "./checks/safe.mjs";
import { CHECKS as damage } from "./checks/damage.mjs";
import { CHECKS as lists } from "./checks/lists.mjs";
import { CHECKS as back } from "./checks/back.mjs";
import { CHECKS as access } from "./checks/access.mjs";

export const CHECKS = { ...read, ...overview, ...search, ...todo, ...safe, ...damage, ...lists, ...back, ...access };
