# Rows and columns by number, int64.

def rows(self: __torch__.Ops,
  x: Tensor,
  places: Tensor) -> Tensor:
  return torch.index_select(x, 0, places)

def columns(self: __torch__.Ops,
  x: Tensor,
  places: Tensor) -> Tensor:
  return torch.index_select(x, -1, places)

# x (N), places (G, w): the sum of each group, (G)
def sums(self: __torch__.Ops,
  x: Tensor,
  places: Tensor) -> Tensor:
  return torch.sum(torch.view_as(torch.index_select(x, 0, torch.flatten(places)), places), [1])
