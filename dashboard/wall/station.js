// The display in the staff's own room: the wall as a page of its own.
import wall from "./wall.js";

const parentElement = document.getElementById("wall");
wall({ parentElement, data: JSON.parse(parentElement.dataset.wall) });
