# Rows and columns by number, int64.

def rows(self: __torch__.Ops,
  x: Tensor,
  places: Tensor) -> Tensor:
  return torch.index_select(x, 0, places)

def columns(self: __torch__.Ops,
  x: Tensor,
  places: Tensor) -> Tensor:
  return torch.index_select(x, -1, places)

# x (N, C) or (R, N), places (N), whole (R, C): zeros where x has nothing
def spread_rows(self: __torch__.Ops,
  x: Tensor,
  places: Tensor,
  whole: Tensor) -> Tensor:
  return torch.index_copy(torch.zeros_like(whole), 0, places, x)

def spread_columns(self: __torch__.Ops,
  x: Tensor,
  places: Tensor,
  whole: Tensor) -> Tensor:
  return torch.index_copy(torch.zeros_like(whole), 1, places, x)

# x (N), places (G, w): the sum of each group, (G)
def sums(self: __torch__.Ops,
  x: Tensor,
  places: Tensor) -> Tensor:
  return torch.sum(torch.view_as(torch.index_select(x, 0, torch.flatten(places)), places), [1])
