# Rows and columns by number, int64.

def rows(self: __torch__.Ops,
  x: Tensor,
  places: Tensor) -> Tensor:
  return torch.index_select(x, 0, places)

def columns(self: __torch__.Ops,
  x: Tensor,
  places: Tensor) -> Tensor:
  return torch.index_select(x, -1, places)

# x (N, M), rows (N), columns (M), whole (R, C): zeros where x has nothing
def spread(self: __torch__.Ops,
  x: Tensor,
  rows: Tensor,
  columns: Tensor,
  whole: Tensor) -> Tensor:
  zeros = torch.zeros_like(whole)
  wide = torch.index_copy(torch.index_select(zeros, 0, rows), 1, columns, x)
  return torch.index_copy(zeros, 0, rows, wide)

# x (N), places (G, w): the sum of each group, (G)
def sums(self: __torch__.Ops,
  x: Tensor,
  places: Tensor) -> Tensor:
  return torch.sum(torch.view_as(torch.index_select(x, 0, torch.flatten(places)), places), [1])
