window.govreport.receive("t1",["2024-x","2024-x/index.html","报告",null,null,[],null,null,[[[],null]],[["法治政府𠀀㎡",[[0,0,"p-1",0,1]],"1111211"]]]);
