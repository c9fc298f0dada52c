# What to keep, 1 or 0, for scores (R, C). Of equal scores the one further left goes first.

# removes all up to the (share numel)-th smallest, itself included
def per_matrix(self: __torch__.Ops,
  scores: Tensor,
  share: Tensor) -> Tensor:
  k = ops.prim.min(torch.add(int(torch.mul(torch.numel(scores), float(share))), 1), torch.numel(scores))
  th, _i = torch.kthvalue(torch.flatten(scores), k)
  return torch.to(torch.gt(scores, th), 6)

def per_row(self: __torch__.Ops,
  scores: Tensor,
  share: Tensor) -> Tensor:
  k = int(torch.mul(torch.size(scores, 1), float(share)))
  _v, order = torch.sort(scores, stable=True, dim=1, descending=False)
  return torch.scatter(torch.ones_like(scores), 1, torch.slice(order, 1, 0, k), 0)

def n_of_m(self: __torch__.Ops,
  scores: Tensor,
  n: Tensor,
  m: Tensor) -> Tensor:
  g = torch.reshape(scores, [-1, int(m)])
  _v, order = torch.sort(g, stable=True, dim=1, descending=False)
  keep = torch.scatter(torch.ones_like(g), 1, torch.slice(order, 1, 0, torch.sub(int(m), int(n))), 0)
  return torch.view_as(keep, scores)

def above(self: __torch__.Ops,
  scores: Tensor,
  threshold: Tensor) -> Tensor:
  return torch.to(torch.ge(scores, float(threshold)), 6)

def quantile(self: __torch__.Ops,
  scores: Tensor,
  share: Tensor) -> Tensor:
  k = ops.prim.min(torch.add(int(torch.mul(torch.numel(scores), float(share))), 1), torch.numel(scores))
  th, _i = torch.kthvalue(torch.flatten(scores), k)
  return th

def histogram(self: __torch__.Ops,
  x: Tensor,
  bins: Tensor,
  reach: Tensor) -> Tensor:
  r = float(reach)
  return torch.histc(x, int(bins), torch.neg(r), r)
